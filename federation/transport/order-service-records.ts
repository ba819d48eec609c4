/**
 * The order in which the targets of SRV records are tried: lowest priority first, and within one priority by chance, the
 * heavier the likelier. Source: RFC 2782.
 */
import type { ServiceRecord } from "../ports/name-resolver.ts";

/** A copy in the order to try. */
export const orderServiceRecords = (
	records: readonly ServiceRecord[],
	random: () => number,
): readonly ServiceRecord[] => {
	const priorities = [...new Set(records.map(({ priority }) => priority))].sort((left, right) => left - right);
	return priorities.flatMap((priority) =>
		drawAll(
			records.filter((record) => record.priority === priority),
			random,
		),
	);
};

const drawAll = (records: readonly ServiceRecord[], random: () => number): readonly ServiceRecord[] => {
	// Those of no weight stand in front, so that they have a small chance beside heavy ones.
	const left = [...records].sort((one, other) => Math.sign(one.weight) - Math.sign(other.weight));
	const drawn: ServiceRecord[] = [];
	while (left.length > 0) {
		const total = left.reduce((sum, { weight }) => sum + weight, 0);
		const mark = random() * (total + 1);
		let sum = 0;
		const at = left.findIndex(({ weight }) => {
			sum += weight;
			return sum >= Math.floor(mark);
		});
		drawn.push(...left.splice(Math.max(at, 0), 1));
	}
	return drawn;
};
