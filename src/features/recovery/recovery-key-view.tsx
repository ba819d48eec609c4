import { CircleCheck, Copy, Download, Fingerprint, type LucideIcon, Printer, QrCode } from "lucide-react";
import type { FormEvent } from "react";
import { BoardCard } from "../../components/board-card.tsx";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { QrPicture } from "../../components/qr-picture.tsx";
import "../../shared/text/en/recovery.ts";
import { text } from "../../shared/text/text.ts";

export type RecoveryKeyProps = Ways & Shown;

type Shown =
	| { readonly kind: "making" }
	| { readonly kind: "failed"; readonly error: string; readonly onRetry: () => void }
	| ({ readonly kind: "ready" } & ReadyKeyProps);

interface Ways {
	readonly serverName: string | undefined;
	/** Where the person goes on to without keeping a key now. */
	readonly onLater: () => void;
}

export interface ReadyKeyProps {
	/** As it is written down: groups of four. */
	readonly recoveryKey: string;
	readonly account: string;
	readonly madeText: string;
	/** True: there is a key already, which this one will replace. */
	readonly replaces: boolean;
	readonly isCopied: boolean;
	readonly isQrShown: boolean;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	/** Undefined: the person has no passkey, or this browser lets it keep nothing. */
	readonly passkey: PasskeyWay | undefined;
	readonly onFile: () => void;
	readonly onPrint: () => void;
	readonly onCopy: () => void;
	readonly onQr: () => void;
	readonly onSaved: () => void;
}

interface PasskeyWay {
	readonly state: "offered" | "asking" | "kept" | "cannot";
	readonly onKeep: () => void;
}

/** Shows the person the key that opens their messages, and the ways to keep it. */
export function RecoveryKeyView(props: RecoveryKeyProps) {
	return (
		<BoardCard
			title={text("recoveryKey.title")}
			lead={text("recoveryKey.lead")}
			serverName={props.serverName}
			foot={
				// Not before the page can take a press.
				props.serverName !== undefined && (
					<button type="button" className="text-button" onClick={props.onLater}>
						{text("recoveryKey.later")}
					</button>
				)
			}
		>
			<Content {...props} />
		</BoardCard>
	);
}

function Content(props: RecoveryKeyProps) {
	switch (props.kind) {
		case "making":
			return (
				<div className="recovery-key is-making" role="status">
					{text("recoveryKey.making")}
				</div>
			);
		case "failed":
			return (
				<>
					<FormError message={props.error} />
					<Button size="large" isWide onClick={props.onRetry}>
						{text("common.retry")}
					</Button>
				</>
			);
		case "ready":
			return <ReadyForm {...props} />;
	}
}

/** A form with a name and a new password in it: that is what password managers offer to keep when it is sent. */
function ReadyForm(props: ReadyKeyProps) {
	const send = (event: FormEvent) => {
		event.preventDefault();
		props.onSaved();
	};
	return (
		<form method="post" onSubmit={send} className="recovery-form">
			<div className={classNames("recovery-sheet", props.isQrShown && "is-qr")}>
				<p className="recovery-sheet-head">{text("recoveryKey.sheet", { account: props.account })}</p>
				{props.isQrShown && <QrPicture content={props.recoveryKey} label={text("recoveryKey.qr")} />}
				<p className="recovery-key">
					<span className="visually-hidden">{text("recoveryKey.key")}: </span>
					{groupsOf(props.recoveryKey).map(({ letters, at }) => (
						<span key={at}>{letters} </span>
					))}
				</p>
				<p className="recovery-sheet-foot">
					{text("recoveryKey.sheetText")} {props.madeText}
				</p>
			</div>
			{props.isQrShown && <p className="hint">{text("recoveryKey.qrText")}</p>}
			<div className="keep-tiles">
				<Tile icon={Download} label={text("recoveryKey.file")} onClick={props.onFile} />
				<Tile icon={Printer} label={text("recoveryKey.print")} onClick={props.onPrint} />
				<Tile
					icon={Copy}
					label={text(props.isCopied ? "recoveryKey.copied" : "recoveryKey.copy")}
					onClick={props.onCopy}
				/>
				<Tile icon={QrCode} label={text("recoveryKey.qr")} isOn={props.isQrShown} onClick={props.onQr} />
			</div>
			{props.passkey && <KeepWithPasskey {...props.passkey} />}
			<ManagerFields {...props} />
			<p className="hint hint-ok" role="status">
				<Icon of={CircleCheck} size={16} />
				<span>{text("recoveryKey.tested")}</span>
			</p>
			{props.replaces && <p className="hint">{text("recoveryKey.replaces")}</p>}
			<FormError message={props.error} />
			<Button type="submit" size="large" isWide isBusy={props.isBusy}>
				{text(props.isBusy ? "recoveryKey.confirming" : "recoveryKey.saved")}
			</Button>
		</form>
	);
}

function KeepWithPasskey({ state, onKeep }: PasskeyWay) {
	if (state === "kept")
		return (
			<p className="hint hint-ok" role="status">
				<Icon of={Fingerprint} size={16} />
				<span>{text("recoveryKey.passkeyKept")}</span>
			</p>
		);
	return (
		<div className="keep-with-passkey">
			<Button look="second" isWide isBusy={state === "asking"} onClick={onKeep}>
				<Icon of={Fingerprint} size={18} /> {text("recoveryKey.passkey")}
			</Button>
			{state === "cannot" && <FormError message={text("recoveryKey.passkeyCannot")} />}
		</div>
	);
}

function ManagerFields({ account, recoveryKey }: ReadyKeyProps) {
	return (
		<div className="visually-hidden" aria-hidden="true">
			<input type="text" autoComplete="username" tabIndex={-1} readOnly value={account} />
			<input type="password" autoComplete="new-password" tabIndex={-1} readOnly value={recoveryKey} />
		</div>
	);
}

interface TileProps {
	readonly icon: LucideIcon;
	readonly label: string;
	readonly isOn?: boolean;
	readonly onClick: () => void;
}

function Tile({ icon, label, isOn, onClick }: TileProps) {
	return (
		<button type="button" className="keep-tile" onClick={onClick} {...(isOn !== undefined && { "aria-pressed": isOn })}>
			<Icon of={icon} />
			{label}
		</button>
	);
}

function groupsOf(recoveryKey: string) {
	return recoveryKey.split(" ").map((letters, at) => ({ letters, at }));
}
