import { wordsOf } from "../../shared/word-index.ts";

/** Forms of a word begin alike in most languages. */
const beginning = 5;

/** The words of a text as they are looked for: by their beginnings, so that other forms are found too. */
export const beginningsIn = (text: string): readonly string[] => wordsOf(text).map(beginningOf);

export const beginningOf = (word: string): string => word.slice(0, beginning);
