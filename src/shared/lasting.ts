const dayMs = 86_400_000;

/** How long something that was handed out works. */
export const lastings = ["day", "week", "month", "forever"] as const;

export type Lasting = (typeof lastings)[number];

/** The same in milliseconds; undefined: without end. */
export const lastingMs: Readonly<Record<Lasting, number | undefined>> = {
	day: dayMs,
	week: 7 * dayMs,
	month: 30 * dayMs,
	forever: undefined,
};
