import { AutoReplyBarView } from "./auto-reply-bar-view.tsx";
import { useAutoReplyBar } from "./auto-reply-bar-view-model.ts";
import { IdentityBarView } from "./identity-bar-view.tsx";
import { useIdentityBar } from "./identity-bar-view-model.ts";
import { RemindersPart } from "./reminders/reminders-part.tsx";
import { TroubleBarView } from "./trouble-bar-view.tsx";
import { useTroubleBar } from "./trouble-bar-view-model.ts";
import { VerificationPart } from "./verification/verification-part.tsx";

/** On its own, so that it is fetched after what people came for. */
export function IdentityBarPart() {
	const identity = useIdentityBar();
	const trouble = useTroubleBar();
	const autoReply = useAutoReplyBar();
	return (
		<>
			{trouble === undefined ? <IdentityBarView {...identity} /> : <TroubleBarView {...trouble} />}
			<AutoReplyBarView {...autoReply} />
			<RemindersPart />
			<VerificationPart />
		</>
	);
}
