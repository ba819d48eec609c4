import { type AccountsOptions, createAccounts } from "../accounts/public.ts";
import type { OperatorContext } from "./command.ts";
import type { ServerStatistics } from "./server-statistics.ts";

export interface OperatorParts extends Pick<OperatorContext, "print" | "readInputLine"> {
	readonly store: AccountsOptions["store"];
	readonly passwords: AccountsOptions["passwords"];
	readonly control: AccountsOptions["control"];
	readonly randomBytes: AccountsOptions["randomBytes"];
	readonly log: AccountsOptions["log"];
	readonly statistics: () => Promise<ServerStatistics>;
	readonly serverName: string;
}

/** Puts together what commands work with. Only operator use cases run here, so the registration policy is of no account. */
export const createOperatorContext = (parts: OperatorParts): OperatorContext => {
	const { print, readInputLine, statistics, ...rest } = parts;
	const { operator } = createAccounts({ ...rest, clock: Date, registration: "closed" });
	return { operator, statistics, print, readInputLine };
};
