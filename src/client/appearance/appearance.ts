export const modes = ["system", "light", "dark"] as const;
/** Each is a set of colours in src/styles/chat-themes.css; "tide" is the one that is shipped. */
export const chatThemes = ["tide", "dusk", "moss", "harbour", "lagoon", "pine", "plum", "slate"] as const;
/** Of a message's text, in pixels at the browser's usual size. */
export const messageSizes = [13, 14, 15, 16, 17, 18, 19, 20] as const;

/** How Kith looks on this device. */
export interface Appearance {
	readonly mode: (typeof modes)[number];
	readonly theme: (typeof chatThemes)[number];
	/** Absent: 15, and 16 on a phone. */
	readonly messageSize?: (typeof messageSizes)[number] | undefined;
	/** Shorter rows in the list of chats. */
	readonly isCompact: boolean;
	/** Nothing moves, whatever the device says. */
	readonly isStill: boolean;
}

export const attributeNames = ["theme", "chatTheme", "messageSize", "rows", "motion"] as const;

/** The `data-` attributes of the page by which the styles know it; what is as shipped has none. */
export type AppearanceAttributes = Readonly<Partial<Record<(typeof attributeNames)[number], string>>>;

export function attributesOf(look: Appearance): AppearanceAttributes {
	return {
		...(look.mode !== "system" && { theme: look.mode }),
		...(look.theme !== "tide" && { chatTheme: look.theme }),
		...(look.messageSize !== undefined && { messageSize: String(look.messageSize) }),
		...(look.isCompact && { rows: "compact" }),
		...(look.isStill && { motion: "none" }),
	};
}

/** Reads what was kept; anything unknown is as shipped. */
export function appearanceOf(attributes: Readonly<Record<string, unknown>>): Appearance {
	const { theme, chatTheme, messageSize, rows, motion } = attributes as Readonly<Record<string, unknown>>;
	return {
		mode: modes.find((mode) => mode === theme) ?? "system",
		theme: chatThemes.find((one) => one === chatTheme) ?? "tide",
		messageSize: messageSizes.find((size) => String(size) === messageSize),
		isCompact: rows === "compact",
		isStill: motion === "none",
	};
}
