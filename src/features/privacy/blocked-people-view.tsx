import { Button } from "../../components/button.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { SettingsGroup } from "../../components/settings-page.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { text } from "../../shared/text/text.ts";

export interface BlockedPeopleProps {
	readonly state: "loading" | "ready" | "failed";
	readonly people: readonly { readonly userId: string; readonly since: string }[];
	/** Who is being let in again. */
	readonly unblocking: string | undefined;
	readonly error: string | undefined;
	readonly onUnblock: (userId: string) => void;
	readonly onRetry: () => void;
}

/** Whose invitations the person does not get. */
export function BlockedPeopleView({ state, people, unblocking, error, onUnblock, onRetry }: BlockedPeopleProps) {
	return (
		<SettingsGroup title={text("privacy.blocked")} hint={text("privacy.blockedHint")}>
			<FormError message={error} />
			{state === "loading" && <SkeletonRows count={1} label={text("common.loading")} />}
			{state === "failed" && <FailedState text={text("privacy.blockedFailed")} onRetry={onRetry} />}
			{state === "ready" && people.length === 0 && <p className="settings-none">{text("privacy.blockedNobody")}</p>}
			{people.length > 0 && (
				<ul className="settings-rows" aria-label={text("privacy.blocked")}>
					{people.map(({ userId, since }) => (
						<li className="settings-row" key={userId}>
							<span className="settings-words">
								<b>{userId}</b>
								<small>{text("privacy.blockedSince", { date: since })}</small>
							</span>
							<Button
								look="second"
								size="small"
								isBusy={unblocking === userId}
								aria-label={text("privacy.unblockLabel", { userId })}
								onClick={() => onUnblock(userId)}
							>
								{text("privacy.unblock")}
							</Button>
						</li>
					))}
				</ul>
			)}
		</SettingsGroup>
	);
}
