import { Pause, Play } from "lucide-react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import "../../shared/text/en/finding.ts";
import { text } from "../../shared/text/text.ts";

export type MeaningProps =
	| {
			readonly kind: "progress";
			readonly words: string;
			readonly done: number;
			readonly total: number;
			readonly isRunning: boolean;
			readonly onPause: () => void;
			readonly onGoOn: () => void;
	  }
	| {
			readonly kind: "offer";
			readonly isCounting: boolean;
			readonly dialog: MeaningConsentProps | undefined;
			readonly onAsk: () => void;
	  };

export interface MeaningConsentProps {
	readonly host: string;
	/** How many messages would be sent, in words. */
	readonly messages: string;
	readonly onAllow: () => void;
	readonly onClose: () => void;
}

/** How far a chat is read for what its messages mean, and the way to let it rest; or the way to have it read. */
export function MeaningView(props: MeaningProps) {
	return props.kind === "offer" ? <Offer {...props} /> : <Progress {...props} />;
}

function Progress({ words, done, total, isRunning, onPause, onGoOn }: Extract<MeaningProps, { kind: "progress" }>) {
	return (
		<div className="meaning">
			<span>{words}</span>
			<progress aria-label={words} value={done} max={total} />
			<IconButton
				icon={isRunning ? Pause : Play}
				label={text(isRunning ? "finding.pause" : "finding.goOn")}
				onClick={isRunning ? onPause : onGoOn}
			/>
		</div>
	);
}

function Offer({ isCounting, dialog, onAsk }: Extract<MeaningProps, { kind: "offer" }>) {
	return (
		<div className="meaning-offer">
			<span>{text("finding.offer")}</span>
			<button type="button" className="text-button" disabled={isCounting} onClick={onAsk}>
				{text("finding.offerAsk")}
			</button>
			{dialog !== undefined && <MeaningConsent {...dialog} />}
		</div>
	);
}

function MeaningConsent({ host, messages, onAllow, onClose }: MeaningConsentProps) {
	return (
		<FormDialog
			title={text("finding.offerTitle", { host, messages })}
			lead={text("finding.offerLead")}
			action={text("finding.offerGo")}
			isBusy={false}
			onSubmit={onAllow}
			onClose={onClose}
		>
			<ul className="explain">
				<li>{text("finding.offer1", { host, messages })}</li>
				<li>{text("finding.keeps", { host })}</li>
				<li>{text("finding.comesBack")}</li>
				<li>{text("finding.policy")}</li>
			</ul>
		</FormDialog>
	);
}
