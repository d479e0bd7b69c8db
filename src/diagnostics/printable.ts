/** Control characters, and marks that turn the direction of text; a tab is neither. */
const STEERING = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text without what would steer a terminal: control characters and marks of direction become a replacement character. */
export function printable(text: string): string {
  return text.replace(STEERING, '\ufffd');
}

/** The same for text of several lines, whose line breaks stay. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** JSON of a value, indented (0: in one line), with whatever would steer a terminal in the form \uXXXX, which reads as the same value. */
export function printableJson(value: unknown, indent = 2): string {
  const json = JSON.stringify(value, null, indent);
  // JSON.stringify leaves no control character of ASCII in a string; its own line breaks stand outside of strings.
  return json.replace(/[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
