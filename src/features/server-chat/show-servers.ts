import { dateText, listTime } from "../../shared/text/dates.ts";
import "../../shared/text/en/console.ts";
import { countText } from "../../shared/text/figures.ts";
import { text } from "../../shared/text/text.ts";
import type { WireDestination, WireServerRule } from "../../shared/wire/federation-calls.ts";
import { action } from "./show-action.ts";
import type { ShowContext, ShownAction, ShownRows } from "./shown-result.ts";

const looks = { healthy: "ok", retrying: "bad", catchingUp: "info", blocked: "bad" } as const;

export function showServers(items: readonly WireDestination[], { now }: ShowContext): ShownRows {
	return {
		kind: "rows",
		title: text("result.servers", { count: items.length }),
		columns: [text("result.server"), text("result.state"), text("result.waiting"), text("result.reached")],
		rows: items.map((server) => ({
			key: server.serverName,
			name: server.serverName,
			cells: [
				{ words: text(`result.${server.state}`), look: looks[server.state] },
				{ words: countText(server.queueLength) },
				{ words: server.lastSuccessAt === undefined ? text("result.never") : listTime(server.lastSuccessAt, now) },
			],
			actions: actionsOn(server),
		})),
	};
}

function actionsOn({ serverName: server, state }: WireDestination): readonly ShownAction[] {
	const retry = action(text("action.retry"), server, { name: "servers-retry", server });
	const block = action(text("action.block"), server, { name: "servers-block", server });
	return [...(state === "retrying" ? [retry] : []), ...(state === "blocked" ? [] : [block])];
}

export function showRules(items: readonly WireServerRule[]): ShownRows {
	return {
		kind: "rows",
		title: text("result.rules", { count: items.length }),
		columns: [text("result.server"), text("result.rule"), text("result.since")],
		rows: items.map(({ pattern, kind, note, createdAt }) => ({
			key: pattern,
			name: pattern,
			detail: note,
			cells: [
				kind === "block"
					? { words: text("result.blocked"), look: "bad" }
					: { words: text("result.allowed"), look: "ok" },
				{ words: dateText(createdAt) },
			],
			actions: [
				kind === "block"
					? action(text("action.unblock"), pattern, { name: "servers-unblock", server: pattern })
					: action(text("action.disallow"), pattern, { name: "servers-disallow", server: pattern }),
			],
		})),
	};
}
