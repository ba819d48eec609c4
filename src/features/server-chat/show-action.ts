import { formatCommand } from "../../shared/commands/format-command.ts";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { Command } from "../../shared/wire/commands.ts";
import type { ShownAction } from "./shown-result.ts";

/** A button that says a command about something. */
export function action(label: string, about: string, command: Command): ShownAction {
	return { label, name: text("action.of", { action: label, name: about }), line: formatCommand(command) };
}

export function showAction(about: string, command: Command): ShownAction {
	return { label: text("result.show"), name: text("result.showOf", { name: about }), line: formatCommand(command) };
}
