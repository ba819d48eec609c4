import { trpc } from "../../client/trpc/trpc.ts";
import { loadStateOf } from "./load-state.ts";

/** The figures of the server, asked anew every half minute while the page is open. */
export function useOverview() {
	const figures = trpc.admin.statistics.useQuery(undefined, { refetchInterval: 30_000 });
	return { state: loadStateOf(figures), figures: figures.data };
}
