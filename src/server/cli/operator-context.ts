import { createOperator, type OperatorEnvironment } from "../accounts/public.ts";
import type { OperatorContext } from "./command.ts";
import type { ServerStatistics } from "./server-statistics.ts";

export interface OperatorParts extends Pick<OperatorContext, "print" | "readInputLine"> {
	readonly store: OperatorEnvironment["store"];
	readonly passwords: OperatorEnvironment["passwords"];
	readonly control: OperatorEnvironment["control"];
	readonly randomBytes: OperatorEnvironment["randomBytes"];
	readonly log: OperatorEnvironment["log"];
	readonly statistics: () => Promise<ServerStatistics>;
	readonly serverName: string;
}

/** Puts together what commands work with. */
export const createOperatorContext = (parts: OperatorParts): OperatorContext => {
	const { print, readInputLine, statistics, ...rest } = parts;
	return { operator: createOperator({ ...rest, clock: Date }), statistics, print, readInputLine };
};
