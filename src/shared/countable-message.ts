const countableTypes: ReadonlySet<string> = new Set(["m.room.message", "m.room.encrypted", "m.sticker"]);

/**
 * True for what a person reads as a message of its own and a badge counts: no edits, reactions or state. What is encrypted
 * and goes on from another event is a step of a verification, say.
 */
export const isCountableMessage = (type: string, relationKind: string | undefined): boolean =>
	countableTypes.has(type) && relationKind !== "edit" && !(type === "m.room.encrypted" && relationKind === "reference");
