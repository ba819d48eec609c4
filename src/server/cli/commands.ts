import { backupCommand } from "./backup-command.ts";
import type { Command } from "./command.ts";
import { keyCommands } from "./key-commands.ts";
import { restoreCommand } from "./restore-command.ts";
import { statsCommand } from "./stats-command.ts";
import { tokenCommands } from "./token-commands.ts";
import { userCommands } from "./user-commands.ts";

/** Every operator command; a new one is added here. */
export const commands: readonly Command[] = [
	...userCommands,
	...tokenCommands,
	...keyCommands,
	statsCommand,
	backupCommand,
	restoreCommand,
];
