import type { ConsoleEntry } from "../../client/console/transcript.ts";
import type { ParameterName } from "../../shared/commands/command-table.ts";
import type { KnownValue, KnownValues } from "../../shared/commands/complete-command.ts";
import type { WireCommandResult } from "../../shared/wire/commands.ts";

/** What answers named and can be named again, the newest first, each once. */
export function knownValues(entries: readonly ConsoleEntry[]): KnownValues {
	const found = new Map<ParameterName, Map<string, KnownValue>>();
	for (const { answer } of [...entries].reverse()) {
		if (answer.kind !== "result") continue;
		for (const { parameter, value, detail } of namedIn(answer.result)) {
			const own = found.get(parameter) ?? new Map<string, KnownValue>();
			found.set(parameter, own.has(value) ? own : own.set(value, { value, detail }));
		}
	}
	return Object.fromEntries([...found].map(([parameter, own]) => [parameter, [...own.values()]]));
}

interface Named extends KnownValue {
	readonly parameter: ParameterName;
}

function namedIn(result: WireCommandResult): readonly Named[] {
	switch (result.kind) {
		case "people":
			return result.items.map(({ userId, displayName }) => named("person", userId, displayName));
		case "person":
			return [named("person", result.person.userId, result.person.displayName)];
		case "rooms":
			return result.items.map(({ roomId, name = "" }) => named("room", roomId, name));
		case "room":
			return [named("room", result.room.roomId, result.room.name ?? "")];
		case "invites":
			return result.items.map(({ id }) => named("invite", id, ""));
		case "reports":
			return result.items.map(({ id, subjectId }) => named("report", id, subjectId));
		case "servers":
			return result.items.map(({ serverName }) => named("server", serverName, ""));
		case "rules":
			return result.items.map(({ pattern, note }) => named("server", pattern, note));
		default:
			return [];
	}
}

const named = (parameter: ParameterName, value: string, detail: string): Named => ({ parameter, value, detail });
