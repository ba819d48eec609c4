export const modes = ["system", "light", "dark"] as const;

/** How Kith looks on this device. */
export interface Appearance {
	readonly mode: (typeof modes)[number];
}

/** The `data-` attributes of the page by which the styles know it; what is as shipped has none. */
export type AppearanceAttributes = Readonly<Partial<Record<(typeof attributeNames)[number], string>>>;

export const attributeNames = ["theme"] as const;

export function attributesOf({ mode }: Appearance): AppearanceAttributes {
	return { ...(mode !== "system" && { theme: mode }) };
}

/** Reads what was kept; anything unknown is as shipped. */
export function appearanceOf(attributes: Readonly<Record<string, unknown>>): Appearance {
	return { mode: modes.find((mode) => mode === attributes["theme"]) ?? "system" };
}
