import type { ProcessFigures } from "../admin/public.ts";
import { kithVersion } from "./kith-version.ts";

/** What this process is and how many it serves, for its owner's eyes. */
export const processFigures = (of: {
	readonly roomVersion: string;
	readonly counts: () => { readonly subscribers: number; readonly people: number };
}): (() => ProcessFigures) => {
	const version = kithVersion();
	const startedAt = Math.round(Date.now() - process.uptime() * 1000);
	return () => {
		const { subscribers, people } = of.counts();
		return {
			kithVersion: version,
			nodeVersion: process.versions.node,
			roomVersion: of.roomVersion,
			connectedDevices: subscribers,
			connectedPeople: people,
			memoryBytes: process.memoryUsage.rss(),
			startedAt,
		};
	};
};
