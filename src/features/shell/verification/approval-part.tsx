import type { VerificationSnapshot } from "../../../client/crypto/verification-call.ts";
import { BoardCard } from "../../../components/board-card.tsx";
import "../../../shared/text/en/recovery.ts";
import { text } from "../../../shared/text/text.ts";
import { verificationHead } from "./verification-head.ts";
import { VerificationBody } from "./verification-view.tsx";
import { useVerification } from "./verification-view-model.ts";

export interface ApprovalProps {
	readonly serverName: string | undefined;
	readonly snapshot: VerificationSnapshot;
	readonly onKey: () => void;
}

/** This device waits for another one of its person to let it in. */
export function ApprovalPart({ serverName, snapshot, onKey }: ApprovalProps) {
	const model = useVerification(snapshot, () => undefined);
	const { title, lead } = verificationHead(model);
	return (
		<BoardCard
			title={title}
			lead={lead}
			serverName={serverName}
			foot={
				<button type="button" className="text-button" onClick={onKey}>
					{text("unlock.useKey")}
				</button>
			}
		>
			<VerificationBody {...model} />
		</BoardCard>
	);
}
