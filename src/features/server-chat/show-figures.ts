import { dateText } from "../../shared/text/dates.ts";
import "../../shared/text/en/console.ts";
import { bytesText, countText, utcDayText } from "../../shared/text/figures.ts";
import { text } from "../../shared/text/text.ts";
import type { WireChart, WireCommandResult } from "../../shared/wire/commands.ts";
import type { ShownBar, ShownChart, ShownFact, ShownFacts } from "./shown-result.ts";

type Result<Kind extends WireCommandResult["kind"]> = Extract<WireCommandResult, { readonly kind: Kind }>;

export function showChart({ chart, points }: WireChart): ShownChart {
	const values = points.map(({ value }) => value);
	const most = Math.max(0, ...values);
	return {
		chart,
		title: text(`chart.${chart}`),
		lead: leadOf(chart, values),
		points: points.map(({ label, value }) => ({
			label: chart === "queue" ? label : utcDayText(label).date,
			words: countText(value),
			share: most === 0 ? 0 : value / most,
		})),
		none: most === 0 ? text(chart === "queue" ? "chart.none" : "chart.noMessages") : undefined,
	};
}

function leadOf(chart: WireChart["chart"], values: readonly number[]): string {
	if (chart === "people") return text("chart.now", { count: countText(values.at(-1) ?? 0) });
	return text("chart.sum", { count: countText(values.reduce((sum, value) => sum + value, 0)) });
}

export function showStorage({ parts }: Result<"storage">): readonly ShownBar[] {
	const most = Math.max(1, ...parts.map(({ bytes }) => bytes));
	return parts.map(({ part, bytes, count }) => ({
		label: text(`storage.${part}`),
		words: bytesText(bytes),
		share: bytes / most,
		detail: count === undefined || count === 0 ? undefined : text("storage.count", { count }),
	}));
}

export function showBackup({ lastAt, sizeBytes }: Result<"backup">): readonly ShownFact[] {
	return [
		{ name: text("result.lastBackup"), words: lastAt === undefined ? text("result.noBackup") : dateText(lastAt) },
		...(sizeBytes === undefined ? [] : [{ name: text("result.backupSize"), words: bytesText(sizeBytes) }]),
	];
}

const registrations = {
	open: "result.registrationOpen",
	token: "result.registrationToken",
	closed: "result.registrationClosed",
} as const;

export function showAbout({ serverName, kithVersion, registration, owners }: Result<"about">): ShownFacts {
	return {
		kind: "facts",
		title: serverName,
		facts: [
			{
				name: text("result.owners"),
				words: owners.map(({ displayName, userId }) => `${displayName} (${userId})`).join(", "),
			},
			{ name: text("result.registration"), words: text(registrations[registration]) },
			{ name: text("result.version"), words: kithVersion },
		],
		actions: [],
	};
}
