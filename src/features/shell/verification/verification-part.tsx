import { useState } from "react";
import type { VerificationSnapshot } from "../../../client/crypto/verification-call.ts";
import { verificationState } from "../../../client/crypto/verification-state.ts";
import { useObservable } from "../../../client/hooks/use-observable.ts";
import { Icon } from "../../../components/icon.tsx";
import { Modal } from "../../../components/modal.tsx";
import { StrangerPart } from "./stranger-part.tsx";
import { verificationHead } from "./verification-head.ts";
import { VerificationBody } from "./verification-view.tsx";
import { useVerification } from "./verification-view-model.ts";

interface Device {
	readonly deviceId: string;
	readonly name: string;
}

/** What asks to be verified, over whatever page is open; and what to do where it was nobody whom the person knows. */
export function VerificationPart() {
	const [snapshot] = useObservable(verificationState, (all) => all);
	const [stranger, setStranger] = useState<Device | undefined>();
	if (stranger !== undefined) return <StrangerPart {...stranger} onClose={() => setStranger(undefined)} />;
	return snapshot === undefined ? null : (
		<VerificationSheet key={snapshot.flowId} snapshot={snapshot} onNotMe={setStranger} />
	);
}

interface SheetProps {
	readonly snapshot: VerificationSnapshot;
	readonly onNotMe: (device: Device) => void;
}

function VerificationSheet({ snapshot, onNotMe }: SheetProps) {
	const model = useVerification(snapshot, onNotMe);
	const { title, lead, icon } = verificationHead(model);
	return (
		// A press outside must not be an answer: what is asked here is too much for a slip.
		<Modal className="dialog verify-dialog" label={title} onClose={() => undefined}>
			<div className="sheet sheet-body">
				<div className="verify-mark">
					<Icon of={icon} size={24} />
				</div>
				<h2>{title}</h2>
				{lead !== undefined && <p className="lead">{lead}</p>}
				<VerificationBody {...model} />
			</div>
		</Modal>
	);
}
