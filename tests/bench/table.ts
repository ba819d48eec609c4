import { cpus, totalmem } from "node:os";
import type { Figure } from "./figure.ts";

const gigabyte = 2 ** 30;

/** The machine that the figures are of, in one line. */
export function describeMachine(): string {
	const [cpu] = cpus();
	const memory = `${(totalmem() / gigabyte).toFixed(0)} GB`;
	return `${cpus().length} cores (${cpu?.model.trim() || "unknown"}), ${memory} memory, Node ${process.version}`;
}

export function formatTable(figures: readonly Figure[]): string {
	const rows = figures.map(({ id, value, unit, target, holds, note }) => [
		id,
		`${format(value)} ${unit}`,
		target === null ? "" : `${format(target)} ${unit}`,
		target === null ? "" : holds ? "holds" : "MISSED",
		note ?? "",
	]);
	const table = [["figure", "value", "target", "", ""], ...rows];
	const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
	return table
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join("  ")
				.trimEnd(),
		)
		.join("\n");
}

const format = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
