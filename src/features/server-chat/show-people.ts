import { dateText, listTime } from "../../shared/text/dates.ts";
import "../../shared/text/en/console.ts";
import type { z } from "zod";
import { countText } from "../../shared/text/figures.ts";
import { text } from "../../shared/text/text.ts";
import type { deviceOutput } from "../../shared/wire/account-calls.ts";
import type { WireAdminPerson } from "../../shared/wire/admin-calls.ts";
import { action, showAction } from "./show-action.ts";
import type { ShowContext, ShownAction, ShownCell, ShownFacts, ShownRows } from "./shown-result.ts";

export function showPeople(items: readonly WireAdminPerson[], hasMore: boolean, { now }: ShowContext): ShownRows {
	return {
		kind: "rows",
		title: text("result.people", { count: items.length }),
		columns: [text("result.account"), text("result.state"), text("result.deviceCount"), text("result.lastSeen")],
		rows: items.map((person) => ({
			key: person.userId,
			name: person.displayName,
			detail: person.userId,
			cells: [stateOf(person), { words: countText(person.sessionCount) }, { words: seenText(person, now) }],
			actions: [showAction(person.displayName, { name: "people-show", person: person.userId })],
		})),
		note: hasMore ? text("result.more") : undefined,
	};
}

export function showPerson(person: WireAdminPerson, { now, ownUserId }: ShowContext): ShownFacts {
	return {
		kind: "facts",
		title: person.displayName,
		facts: [
			{ name: text("result.account"), words: person.userId },
			{ name: text("result.state"), ...stateOf(person) },
			{ name: text("result.deviceCount"), words: countText(person.sessionCount) },
			{ name: text("result.lastSeen"), words: seenText(person, now) },
			{ name: text("result.since"), words: dateText(person.createdAt) },
		],
		actions: person.userId === ownUserId ? [] : actionsOn(person),
	};
}

function actionsOn({ userId: person, displayName, isDisabled, sessionCount }: WireAdminPerson): readonly ShownAction[] {
	if (isDisabled) return [action(text("action.reactivate"), displayName, { name: "people-reactivate", person })];
	const signOut = action(text("action.signOut"), displayName, { name: "people-sign-out", person });
	return [
		...(sessionCount > 0 ? [signOut] : []),
		action(text("action.suspend"), displayName, { name: "people-suspend", person }),
	];
}

function stateOf({ isDisabled, isOwner }: WireAdminPerson): ShownCell {
	if (isDisabled) return { words: text("result.suspended"), look: "bad" };
	return isOwner ? { words: text("result.owner"), look: "info" } : { words: text("result.active"), look: "ok" };
}

function seenText({ lastSeenAt }: WireAdminPerson, now: number): string {
	return lastSeenAt === undefined ? text("result.never") : listTime(lastSeenAt, now);
}

export function showDevices(items: readonly z.infer<typeof deviceOutput>[], { now }: ShowContext): ShownRows {
	return {
		kind: "rows",
		title: text("result.devices", { count: items.length }),
		columns: [text("result.device"), text("result.since"), text("result.lastUsed")],
		rows: items.map(({ deviceId, name, signedInAt, lastUsedAt, isThis }) => ({
			key: deviceId,
			name,
			detail: isThis ? text("result.thisDevice") : deviceId,
			cells: [{ words: dateText(signedInAt) }, { words: listTime(lastUsedAt, now) }],
			actions: [],
		})),
	};
}
