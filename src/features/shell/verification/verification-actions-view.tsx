import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import "../../../shared/text/en/verification.ts";
import { text } from "../../../shared/text/text.ts";
import type { VerificationProps, VerificationStep } from "./verification-props.ts";

/** What can be done in a step, what is likeliest first. */
export function VerificationActions(props: VerificationProps) {
	const { step } = props;
	switch (step.kind) {
		case "asked":
			return <AskedActions {...props} />;
		case "ready":
			return <ReadyActions {...props} step={step} />;
		case "waiting":
			return <Second onClick={props.onEnd}>{text("common.cancel")}</Second>;
		case "compare":
			return (
				<>
					<First {...props} onClick={props.onConfirm}>
						{text("verify.match")}
					</First>
					<Second onClick={props.onDeny} look="danger-quiet">
						{text("verify.differ")}
					</Second>
				</>
			);
		case "scanned":
			return (
				<>
					<First {...props} onClick={props.onConfirm}>
						{text("verify.scannedYes")}
					</First>
					<Second onClick={props.onEnd}>{text("verify.scannedNo")}</Second>
				</>
			);
		case "done":
			return (
				<First {...props} onClick={props.onEnd}>
					{text("verify.close")}
				</First>
			);
		case "ended":
			return (
				<>
					{props.onAgain !== undefined && (
						<First {...props} onClick={props.onAgain}>
							{text("verify.again")}
						</First>
					)}
					<Second onClick={props.onEnd}>{text("common.close")}</Second>
				</>
			);
	}
}

function AskedActions(props: VerificationProps) {
	if (props.isOurs) return <Second onClick={props.onEnd}>{text("common.cancel")}</Second>;
	return (
		<>
			<First {...props} onClick={props.onAccept}>
				{text(props.isSelf ? "verify.accept" : "verify.begin")}
			</First>
			<Second onClick={props.onDecline}>{text(props.isSelf ? "verify.notMe" : "verify.notNow")}</Second>
		</>
	);
}

function ReadyActions({ step, ...props }: VerificationProps & { step: Extract<VerificationStep, { kind: "ready" }> }) {
	const isShowing = props.code !== undefined && !props.isScanning;
	return (
		<>
			{step.canScan && !props.isScanning && (
				<Way {...props} isFirst={!isShowing} onClick={props.onScan}>
					{text("verify.scan")}
				</Way>
			)}
			{step.canCompare && (
				<Way {...props} isFirst={!isShowing && !step.canScan} onClick={props.onCompare}>
					{text("verify.emoji")}
				</Way>
			)}
			{step.canShow && !isShowing && (
				<Second isBusy={props.isBusy} onClick={props.onShow}>
					{text("verify.showCode")}
				</Second>
			)}
			<Button look="quiet" size="large" isWide onClick={props.onEnd}>
				{text("common.cancel")}
			</Button>
		</>
	);
}

interface ActionProps {
	readonly isBusy?: boolean;
	readonly onClick: () => void;
	readonly children: ReactNode;
}

function Way({ isFirst, ...props }: ActionProps & { readonly isFirst: boolean }) {
	return isFirst ? <First {...props} /> : <Second {...props} />;
}

function First({ isBusy = false, onClick, children }: ActionProps) {
	return (
		<Button size="large" isWide isBusy={isBusy} onClick={onClick}>
			{children}
		</Button>
	);
}

function Second({
	look = "second",
	isBusy = false,
	onClick,
	children,
}: ActionProps & { look?: "second" | "danger-quiet" }) {
	return (
		<Button look={look} size="large" isWide isBusy={isBusy} onClick={onClick}>
			{children}
		</Button>
	);
}
