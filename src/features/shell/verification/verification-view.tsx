import { Info, LoaderCircle } from "lucide-react";
import { FormError } from "../../../components/form-error.tsx";
import { Icon } from "../../../components/icon.tsx";
import { QrPicture } from "../../../components/qr-picture.tsx";
import "../../../shared/text/en/verification.ts";
import { type TextKey, text } from "../../../shared/text/text.ts";
import { CodeScannerView } from "./code-scanner-view.tsx";
import { emojiSigns } from "./emoji-signs.ts";
import { VerificationActions } from "./verification-actions-view.tsx";
import type { VerificationProps, VerificationStep } from "./verification-props.ts";

/** What the step shows and asks, under its title. */
export function VerificationBody(props: VerificationProps) {
	const { step } = props;
	return (
		<div className="verify" data-step={step.kind}>
			<Content {...props} />
			<FormError message={props.error} />
			<div className="verify-actions">
				<VerificationActions {...props} />
			</div>
		</div>
	);
}

function Content(props: VerificationProps) {
	const { step } = props;
	switch (step.kind) {
		case "asked":
			return props.isSelf && !props.isOurs ? <AskingDevice {...props} /> : <Waiting isShown={props.isOurs} />;
		case "ready":
			if (props.isScanning)
				return <CodeScannerView readCodes={props.readCodes} onRead={props.onRead} onFailure={props.onNoCamera} />;
			return props.code === undefined ? null : (
				<div className="verify-code">
					<QrPicture content={props.code} label={text("verify.code")} />
				</div>
			);
		case "waiting":
			return <Waiting isShown={!step.hasRead} />;
		case "compare":
			return <Comparison {...step} />;
		case "scanned":
		case "done":
		case "ended":
			return null;
	}
}

function AskingDevice({ name, signedInText }: VerificationProps) {
	return (
		<dl className="verify-facts">
			<div>
				<dt>{text("verify.device")}</dt>
				<dd>{name}</dd>
			</div>
			{signedInText !== undefined && (
				<div>
					<dt>{text("verify.signedIn")}</dt>
					<dd>{signedInText}</dd>
				</div>
			)}
		</dl>
	);
}

function Waiting({ isShown }: { readonly isShown: boolean }) {
	if (!isShown) return null;
	return (
		<div className="verify-wait" role="status" aria-label={text("common.loading")}>
			<Icon of={LoaderCircle} size={24} isSpinning />
		</div>
	);
}

function Comparison({ emoji, numbers }: Extract<VerificationStep, { kind: "compare" }>) {
	return (
		<>
			{emoji.length > 0 ? (
				<ol className="verify-emoji">
					{emoji.map((index, place) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: the same one may come twice, and the order is what is compared.
						<li key={place}>
							<span aria-hidden="true">{emojiSigns[index]}</span>
							{text(`emoji.${index}` as EmojiKey)}
						</li>
					))}
				</ol>
			) : (
				<p className="verify-numbers">{numbers.join(" ")}</p>
			)}
			<p className="verify-note">
				<Icon of={Info} size={16} />
				{text("verify.between")}
			</p>
		</>
	);
}

type EmojiKey = Extract<TextKey, `emoji.${string}`>;
