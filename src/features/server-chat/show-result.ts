import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { WireCommandResult } from "../../shared/wire/commands.ts";
import { showInvites, showReport, showReports } from "./show-access.ts";
import { showAbout, showBackup, showChart, showStorage } from "./show-figures.ts";
import { showDevices, showPeople, showPerson } from "./show-people.ts";
import { doneWords } from "./show-proposal.ts";
import { showRoom, showRooms } from "./show-rooms.ts";
import { showRules, showServers } from "./show-servers.ts";
import type { ShowContext, ShownResult } from "./shown-result.ts";

/** What a command answered, in words. */
export function showResult(
	result: Exclude<WireCommandResult, { kind: "proposal" }>,
	context: ShowContext,
): ShownResult {
	switch (result.kind) {
		case "people":
			return showPeople(result.items, result.hasMore, context);
		case "person":
			return showPerson(result.person, context);
		case "rooms":
			return showRooms(result.items, result.hasMore, context);
		case "room":
			return showRoom(result, context);
		case "invites":
			return showInvites(result.items);
		case "invite":
			return { kind: "link", link: `${context.origin}/sign-up#token=${result.token}` };
		case "reports":
			return showReports(result.items, context);
		case "report":
			return showReport(result.report, context);
		case "servers":
			return showServers(result.items, context);
		case "rules":
			return showRules(result.items);
		case "charts":
			return { kind: "charts", charts: result.charts.map(showChart) };
		case "storage":
			return { kind: "bars", title: text("result.storage"), bars: showStorage(result) };
		case "backup":
			return { kind: "backup", facts: showBackup(result) };
		case "about":
			return showAbout(result);
		case "devices":
			return showDevices(result.items, context);
		case "done":
			return { kind: "done", words: doneWords(result) };
	}
}
