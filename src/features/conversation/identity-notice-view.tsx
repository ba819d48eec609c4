import { Laptop, ShieldAlert } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/verification.ts";
import { text } from "../../shared/text/text.ts";

export interface IdentityNoticeProps {
	/** Whose identity is another one; absent: nobody's. */
	readonly person: ChangedPerson | undefined;
	readonly isLooking: boolean;
	readonly devices: readonly ChangedDevice[];
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onLook: () => void;
	readonly onClose: () => void;
	readonly onVerify: () => void;
	readonly onAccept: () => void;
}

export interface ChangedPerson {
	readonly userId: string;
	readonly name: string;
	/** The reader had verified who they were. */
	readonly wasVerified: boolean;
}

export interface ChangedDevice {
	readonly deviceId: string;
	readonly name: string;
	readonly isVouchedFor: boolean;
}

/** Over the composer, while somebody of the chat is not who they were: nothing goes out until the reader has decided. */
export function IdentityNoticeView({ person, ...props }: IdentityNoticeProps) {
	if (person === undefined) return null;
	const { name, wasVerified } = person;
	return (
		<section className="identity-notice" aria-live="polite">
			<Icon of={ShieldAlert} size={18} />
			<span>{text(wasVerified ? "changed.noticeVerified" : "changed.notice", { name })}</span>
			<Button size="small" look="second" onClick={props.onLook}>
				{text("changed.look")}
			</Button>
			{props.isLooking && <Decision {...props} person={person} />}
		</section>
	);
}

function Decision({ person, ...props }: IdentityNoticeProps & { readonly person: ChangedPerson }) {
	const { name, wasVerified } = person;
	return (
		<Dialog
			title={text("changed.title", { name })}
			lead={text(wasVerified ? "changed.textVerified" : "changed.text", { name })}
			error={props.error}
			onClose={props.onClose}
			actions={
				<div className="verify-actions identity-ways">
					<Button size="large" isWide isBusy={props.isBusy} onClick={props.onVerify}>
						{text("changed.verify")}
					</Button>
					<Button
						look={wasVerified ? "danger-quiet" : "second"}
						size="large"
						isWide
						isBusy={props.isBusy}
						onClick={props.onAccept}
					>
						{text(wasVerified ? "changed.acceptVerified" : "changed.accept")}
					</Button>
					<Button look="quiet" size="large" isWide onClick={props.onClose}>
						{text("common.cancel")}
					</Button>
				</div>
			}
		>
			<div className="dialog-part">
				<h3>{text("changed.devices", { name })}</h3>
				<ul className="identity-devices">
					{props.devices.map((device) => (
						<li key={device.deviceId}>
							<Icon of={Laptop} size={18} />
							<span>
								<b>{device.name}</b>
								<small>{text(device.isVouchedFor ? "changed.vouched" : "changed.unvouched")}</small>
							</span>
						</li>
					))}
				</ul>
			</div>
		</Dialog>
	);
}
