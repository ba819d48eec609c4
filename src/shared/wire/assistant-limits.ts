/** Most messages of one run, and most characters of all that it carries: looked at before anything else. */
export const maxRunMessages = 2000;
export const maxRunCharacters = 500_000;
/** The window of messages of a chat that answers grow along: it begins where the index in the chat is a multiple of this. */
export const windowStep = 20;

/** The field of a message in which the assistant says what its lines rest on. No other client knows it. */
export const citesField = "kith.cites";

/** Most texts whose meaning is asked for at once, and most characters of one: looked at before anything else. */
export const maxEmbeddedTexts = 16;
export const maxEmbeddedCharacters = 2000;

/** How a text can be written anew. */
export const rewriteStyles = ["shorter", "kinder", "formal", "fix"] as const;
