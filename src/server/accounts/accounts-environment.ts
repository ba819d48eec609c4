import type { Log } from "../../shared/log.ts";
import type { AccountLimiters } from "./account-limits.ts";
import type { PasskeyCeremonies } from "./passkeys/ceremonies.ts";
import type {
	AccountStore,
	Clock,
	ControlChannel,
	Memberships,
	PasswordHasher,
	Pictures,
	RandomBytes,
} from "./ports.ts";

export type RegistrationPolicy = "open" | "token" | "closed";

/** What the use cases of this area stand on. */
export interface AccountsEnvironment {
	readonly store: AccountStore;
	readonly passwords: PasswordHasher;
	readonly ceremonies: PasskeyCeremonies;
	readonly control: ControlChannel;
	readonly memberships: Memberships;
	readonly pictures: Pictures;
	readonly clock: Clock;
	readonly randomBytes: RandomBytes;
	/** Never given a password, a token or a session id. */
	readonly log: Log;
	readonly limiters: AccountLimiters;
	readonly serverName: string;
	readonly registration: RegistrationPolicy;
	/** `https://chat.example.org`: how people reach this server, where it is configured. */
	readonly publicOrigin?: string | undefined;
	/** What the provider is called by which people may sign in too. */
	readonly identityProviderName?: string | undefined;
}

/** What the use cases of who runs the server stand on. */
export type OperatorEnvironment = Pick<
	AccountsEnvironment,
	"store" | "passwords" | "control" | "clock" | "randomBytes" | "log" | "serverName"
>;
