import type { WireCommand } from "../../shared/wire/commands.ts";
import type { Accounts, GrantGround, RandomBytes, Viewer } from "../accounts/public.ts";
import type { Admin } from "../admin/public.ts";
import type { Federation } from "../federation/public.ts";
import type { Safety } from "../safety/public.ts";

/** The last backup that was finished, as far as this data directory knows. */
export interface BackupRecord {
	readonly finishedAt: number;
	readonly sizeBytes: number;
}

/** What commands are made of: the use cases behind the owner's pages, and what people have of their own. */
export interface ConsoleDependencies extends GrantGround {
	readonly accounts: Pick<Accounts, "resolveSession" | "listDevices" | "readRegistrationPolicy" | "operator">;
	readonly admin: Admin;
	readonly safety: Pick<Safety, "reports" | "settle">;
	readonly federation: {
		readonly exchange: Pick<Federation["exchange"], "destinations">;
		readonly rules: Pick<Federation["rules"], "read" | "put" | "remove">;
	};
	/** Undefined: none. */
	readLastBackup(): Promise<BackupRecord | undefined>;
	readonly randomBytes: RandomBytes;
}

/** A command of one name. */
export type CommandOf<Name extends WireCommand["name"]> = Extract<WireCommand, { readonly name: Name }>;

/** What a command is carried out with: the viewer as the session's row says it is now. */
export interface CommandCall<Name extends WireCommand["name"]> {
	readonly of: ConsoleDependencies;
	readonly viewer: Viewer;
	readonly command: CommandOf<Name>;
}
