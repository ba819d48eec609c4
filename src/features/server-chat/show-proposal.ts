import type { Proposal } from "../../client/console/transcript.ts";
import { formatCommand } from "../../shared/commands/format-command.ts";
import { clockTime } from "../../shared/text/dates.ts";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { WireCommand, WireCommandResult } from "../../shared/wire/commands.ts";

/** What would be done, before it is. */
export interface ShownProposal {
	readonly title: string;
	readonly line: string;
	readonly words: readonly string[];
	readonly until: string;
	readonly action: string;
	readonly state: "open" | "confirming" | "dropped";
}

type ProposedName =
	| "people-suspend"
	| "people-sign-out"
	| "rooms-close"
	| "invites-revoke"
	| "servers-block"
	| "servers-allow"
	| "servers-disallow";

type Proposed = Extract<WireCommand, { readonly name: ProposedName }>;

const isProposed = (command: WireCommand): command is Proposed =>
	"person" in command || "room" in command || "invite" in command || "server" in command;

export function showProposal(proposal: Proposal, state: ShownProposal["state"]): ShownProposal {
	const { command, expiresAt } = proposal;
	// Only these are ever proposed.
	if (!isProposed(command)) throw new Error(`${command.name} is carried out at once`);
	const { name } = command;
	return {
		title: text(`proposal.${name}`, { subject: proposal.subject ?? subjectOf(command) }),
		line: formatCommand(command),
		words: [...countOf(name, proposal.count), text(`proposalText.${name}`)],
		until: text("proposal.until", { time: clockTime(expiresAt) }),
		action: text(`proposalDo.${name}`),
		state,
	};
}

function countOf(name: ProposedName, count: number | undefined): readonly string[] {
	if (count === undefined) return [];
	if (name === "rooms-close") return [text("proposal.peopleIn", { count })];
	return name === "people-suspend" || name === "people-sign-out" ? [text("proposal.devices", { count })] : [];
}

/** Whom or what a command is about. */
function subjectOf(command: WireCommand): string {
	if ("person" in command) return command.person;
	if ("room" in command) return command.room;
	if ("server" in command) return command.server;
	if ("report" in command) return command.report;
	return "invite" in command ? command.invite : "";
}

/** That something was done. */
export function doneWords({ command, count = 0, isShut }: Extract<WireCommandResult, { kind: "done" }>): string[] {
	const subject = subjectOf(command);
	switch (command.name) {
		case "people-sign-out":
			return [text("done.people-sign-out", { count })];
		case "rooms-close":
			return [text("done.rooms-close", { count }), text(isShut === false ? "done.roomsOpen" : "done.roomsShut")];
		case "invites-revoke":
			return [text("done.invites-revoke")];
		case "people-suspend":
		case "people-reactivate":
		case "reports-settle":
		case "servers-retry":
		case "servers-block":
		case "servers-unblock":
		case "servers-allow":
		case "servers-disallow":
			return [text(`done.${command.name}`, { subject })];
		default:
			throw new Error(`${command.name} changes nothing`);
	}
}
