import { useSyncExternalStore } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { canUsePasskeys } from "../../client/session/passkeys.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { useDeactivation } from "./deactivation-view-model.ts";
import { useKeys } from "./keys-view-model.ts";
import { useOwnPasskeys } from "./own-passkeys-view-model.ts";
import { usePasswordChange } from "./password-view-model.ts";
import type { SecurityProps } from "./security-view.tsx";

/** How the person signs in, and how to end the account. */
export function useSecurity(): SecurityProps {
	const found = trpc.passkeys.waysIn.useQuery();
	const me = useClientState((state) => state.me);
	const hasPasskeys = useSyncExternalStore(
		() => () => undefined,
		canUsePasskeys,
		() => false,
	);
	const refresh = async () => void (await found.refetch());
	const ways = found.data ?? { hasPassword: true, isConfirmed: false, passkeys: [] };
	const password = usePasswordChange(ways, refresh);
	const passkeys = useOwnPasskeys(ways, refresh);
	const keys = useKeys();
	const deactivation = useDeactivation();
	return {
		isKnown: found.data !== undefined,
		loadError: found.error === null ? undefined : failureText(failureOf(found.error).code),
		onRetry: () => void found.refetch(),
		...{ password, keys },
		passkeys: { ...passkeys, canAdd: hasPasskeys },
		deactivation: { ...deactivation, isOwner: me?.isOwner ?? false },
	};
}
