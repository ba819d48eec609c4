import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProcessFigures } from "../admin/public.ts";
import { projectRoot } from "./project-root.ts";

/** What this process is and how many it serves, for its owner's eyes. */
export const processFigures = (of: {
	readonly roomVersion: string;
	readonly counts: () => { readonly subscribers: number; readonly people: number };
}): (() => ProcessFigures) => {
	const manifest: { version: string } = JSON.parse(readFileSync(join(projectRoot(), "package.json"), "utf8"));
	const startedAt = Math.round(Date.now() - process.uptime() * 1000);
	return () => {
		const { subscribers, people } = of.counts();
		return {
			kithVersion: manifest.version,
			nodeVersion: process.versions.node,
			roomVersion: of.roomVersion,
			connectedDevices: subscribers,
			connectedPeople: people,
			memoryBytes: process.memoryUsage.rss(),
			startedAt,
		};
	};
};
