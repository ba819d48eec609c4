import { writeFile } from "node:fs/promises";
import type { Figure } from "./figure.ts";
import { formatTable } from "./table.ts";

/** Prints the figures as a table and, where a file is named, writes them there for programs. */
export async function reportFigures(figures: readonly Figure[], jsonFile: string | undefined): Promise<void> {
	console.log(`\n${formatTable(figures)}`);
	const missed = figures.filter(({ holds }) => !holds);
	console.log(`\n${figures.length} figures, ${missed.length} missed${missed.map(({ id }) => ` ${id}`).join("")}`);
	if (jsonFile === undefined) return;
	const plain = figures.map(({ id, value, unit, target, holds }) => ({ id, value, unit, target, holds }));
	await writeFile(jsonFile, `${JSON.stringify(plain, null, "\t")}\n`);
}
