/** A text in which the user and the password of every web address are hidden (RFC 3986, section 3.2.1). */
export const hideUserInformation = (text: string): string => text.replace(/(?<=:\/\/)[^\s/?#]*@/g, '(hidden)@');
