/** Copies a text, or shows it where the browser does not let copy, such as without TLS. @returns whether it was copied */
export async function copied(text: string, prompted: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    prompt(prompted, text);
    return false;
  }
}
