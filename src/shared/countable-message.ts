const countableTypes: ReadonlySet<string> = new Set(["m.room.message", "m.room.encrypted", "m.sticker"]);

/** True for what a person reads as a message of its own and a badge counts: no edits, reactions or state. */
export const isCountableMessage = (type: string, relationKind: string | undefined): boolean =>
	countableTypes.has(type) && relationKind !== "edit";
