import { FailedState } from "../../components/failed-state.tsx";
import { SettingsPage } from "../../components/settings-page.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { text } from "../../shared/text/text.ts";
import { DeactivationPart, type DeactivationPartProps } from "./deactivation-part-view.tsx";
import { KeysPart, type KeysPartProps } from "./keys-part-view.tsx";
import { PasskeysPart, type PasskeysPartProps } from "./passkeys-part-view.tsx";
import { PasswordPart, type PasswordPartProps } from "./password-part-view.tsx";

export interface SecurityProps {
	readonly isKnown: boolean;
	readonly loadError: string | undefined;
	readonly onRetry: () => void;
	readonly password: PasswordPartProps;
	readonly passkeys: PasskeysPartProps;
	readonly keys: KeysPartProps;
	readonly deactivation: DeactivationPartProps;
}

/** How the person signs in, and how to end the account. */
export function SecurityView({ isKnown, loadError, onRetry, ...parts }: SecurityProps) {
	return (
		<SettingsPage title={text("security.title")}>
			{isKnown && (
				<>
					<PasskeysPart {...parts.passkeys} />
					<PasswordPart {...parts.password} />
					<KeysPart {...parts.keys} />
					<DeactivationPart {...parts.deactivation} />
				</>
			)}
			{!isKnown && loadError === undefined && <SkeletonRows count={3} label={text("common.loading")} />}
			{!isKnown && loadError !== undefined && <FailedState text={loadError} onRetry={onRetry} />}
		</SettingsPage>
	);
}
