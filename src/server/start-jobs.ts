import type { Log } from "../shared/log.ts";
import { repeatJob } from "./jobs/public.ts";
import type { Container } from "./running-container.ts";

const minuteMs = 60_000;

/** What every process does again and again, whoever asks for it. */
export const startJobs = (
	{
		media,
		accounts,
		rooms,
		federation,
		keys,
		toDevice,
		assistant,
	}: Pick<Container, "media" | "accounts" | "rooms" | "federation" | "keys" | "toDevice" | "assistant">,
	log: Log,
) => [
	repeatJob({ name: "finish room upgrades", everyMs: minuteMs, run: rooms.finishUpgrades }, log),
	repeatJob({ name: "sweep media", everyMs: 60 * minuteMs, run: media.sweep }, log),
	repeatJob({ name: "forget answers to servers", everyMs: 60 * minuteMs, run: federation.exchange.sweep }, log),
	repeatJob({ name: "forget devices that signed out", everyMs: 60 * minuteMs, run: keys.sweep }, log),
	repeatJob({ name: "forget what was sent to devices", everyMs: 60 * minuteMs, run: toDevice.sweep }, log),
	repeatJob({ name: "forget runs of the assistant", everyMs: 60 * minuteMs, run: assistant.sweep }, log),
	repeatJob({ name: "show new profiles", everyMs: minuteMs, run: accounts.showNewProfiles }, log),
];
