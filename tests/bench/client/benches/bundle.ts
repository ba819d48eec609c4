import { measureBundle } from "../../../../tools/check-bundle.ts";
import { repositoryRoot } from "../../../../tools/house/repository-root.ts";
import { atMost, type Figure } from "../../figure.ts";
import type { ClientBench } from "../client-bench.ts";

const pages = [
	{ id: "bundle.sign-in", path: "/sign-in" },
	{ id: "bundle.chat", path: "/chat" },
] as const;

/** The compressed script that a page loads before it is usable, as `npm run check` measures it. */
export const bundleBench: ClientBench = {
	ids: pages.map(({ id }) => id),
	measure: async () => {
		const measured = await measureBundle(repositoryRoot);
		return pages.map(({ id, path }): Figure => {
			const own = measured.filter(({ name }) => name === path || name.startsWith(`${path}/`));
			const [heaviest] = own.toSorted((one, other) => other.size - one.size);
			if (heaviest === undefined) throw new Error(`${path} has no budget`);
			return atMost(heaviest.sizeLimit / 1000, { id, value: heaviest.size / 1000, unit: "KB", note: heaviest.name });
		});
	},
};
