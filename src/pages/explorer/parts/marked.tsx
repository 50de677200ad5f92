/** A text in which `**` encloses what is strong, `*` what is emphasised, and a backtick what is code. */
export function Marked({ text }: { readonly text: string }) {
  const parts = text.split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/);
  return (
    <>
      {parts.map((part, index) => {
        if (index % 2 === 0) return part;
        if (part.startsWith('**')) return <strong key={part}>{part.slice(2, -2)}</strong>;
        if (part.startsWith('*')) return <em key={part}>{part.slice(1, -1)}</em>;
        return <code key={part}>{part.slice(1, -1)}</code>;
      })}
    </>
  );
}
