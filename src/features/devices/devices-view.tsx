import { Laptop, LogOut, MonitorSmartphone, Pencil, ShieldCheck, ShieldQuestionMark, Smartphone } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { NameDialog } from "../../components/name-dialog.tsx";
import { ProofField, type ProofFieldProps } from "../../components/proof-field.tsx";
import { SettingsGroup, SettingsPage } from "../../components/settings-page.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { text } from "../../shared/text/text.ts";

export interface DeviceLine {
	readonly deviceId: string;
	readonly name: string;
	readonly isThis: boolean;
	readonly usedText: string;
	readonly sinceText: string;
	/** Absent: not known yet. */
	readonly isVerified?: boolean | undefined;
}

type Asking = { readonly kind: "rename" | "signOut"; readonly device: DeviceLine } | { readonly kind: "signOutOthers" };

export interface DevicesProps {
	readonly current: DeviceLine | undefined;
	/** undefined: not known yet. */
	readonly others: readonly DeviceLine[] | undefined;
	readonly loadError: string | undefined;
	readonly asking: Asking | undefined;
	readonly proof: ProofFieldProps;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	/** Absent: this device is verified by nothing itself. */
	readonly onVerify: ((device: DeviceLine) => void) | undefined;
	readonly onRetry: () => void;
	readonly onAsk: (asking: Asking) => void;
	readonly onClose: () => void;
	readonly onRename: (name: string) => void;
	readonly onSignOut: () => void;
}

/** Where the person is signed in, and how to end that. */
export function DevicesView(props: DevicesProps) {
	return (
		<SettingsPage title={text("devices.title")}>
			{props.others === undefined ? <NotYet {...props} /> : <Lists {...props} others={props.others} />}
			<Dialogs {...props} />
		</SettingsPage>
	);
}

function NotYet({ loadError, onRetry }: DevicesProps) {
	if (loadError === undefined) return <SkeletonRows count={3} label={text("common.loading")} />;
	return <FailedState text={loadError} onRetry={onRetry} />;
}

function Lists({ current, others, onAsk, onVerify }: DevicesProps & { readonly others: readonly DeviceLine[] }) {
	return (
		<>
			{current !== undefined && (
				<SettingsGroup title={text("devices.this")}>
					<ul className="settings-rows">
						<DeviceRow device={current} onAsk={onAsk} onVerify={undefined} />
					</ul>
				</SettingsGroup>
			)}
			<SettingsGroup title={text("devices.others")} hint={text("devices.hint")}>
				{others.length === 0 ? (
					<p className="settings-none">{text("devices.none")}</p>
				) : (
					<>
						<ul className="settings-rows">
							{others.map((device) => (
								<DeviceRow key={device.deviceId} device={device} onAsk={onAsk} onVerify={onVerify} />
							))}
						</ul>
						<Button look="danger-quiet" size="large" isWide onClick={() => onAsk({ kind: "signOutOthers" })}>
							<Icon of={LogOut} size={18} flips />
							{text("devices.signOutOthers")}
						</Button>
					</>
				)}
			</SettingsGroup>
		</>
	);
}

type DeviceRowProps = { readonly device: DeviceLine } & Pick<DevicesProps, "onAsk" | "onVerify">;

function DeviceRow({ device, onAsk, onVerify }: DeviceRowProps) {
	const { name } = device;
	return (
		<li className="settings-row">
			<Icon of={iconOf(name)} />
			<span className="settings-words">
				<b>{name}</b>
				<small>
					{device.usedText} · {device.sinceText}
				</small>
				{device.isVerified !== undefined && <VerifiedMark isVerified={device.isVerified} />}
			</span>
			{device.isVerified === false && onVerify !== undefined && (
				<IconButton icon={ShieldCheck} label={text("devices.verify", { name })} onClick={() => onVerify(device)} />
			)}
			<IconButton
				icon={Pencil}
				label={text("devices.rename", { name })}
				onClick={() => onAsk({ kind: "rename", device })}
			/>
			{!device.isThis && (
				<IconButton
					icon={LogOut}
					label={text("devices.signOut", { name })}
					onClick={() => onAsk({ kind: "signOut", device })}
				/>
			)}
		</li>
	);
}

function VerifiedMark({ isVerified }: { readonly isVerified: boolean }) {
	return (
		<small className={isVerified ? "device-verified" : "device-unverified"}>
			<Icon of={isVerified ? ShieldCheck : ShieldQuestionMark} size={14} />
			{text(isVerified ? "devices.verified" : "devices.unverified")}
		</small>
	);
}

function iconOf(name: string) {
	if (/iphone|android|phone/i.test(name)) return Smartphone;
	return /windows|mac|linux|laptop/i.test(name) ? Laptop : MonitorSmartphone;
}

function Dialogs({ asking, ...props }: DevicesProps) {
	if (asking === undefined) return null;
	if (asking.kind === "rename") {
		return (
			<NameDialog
				title={text("devices.renameTitle")}
				label={text("devices.name")}
				name={asking.device.name}
				isBusy={props.isBusy}
				error={props.error}
				onSave={props.onRename}
				onClose={props.onClose}
			/>
		);
	}
	const isOne = asking.kind === "signOut";
	return (
		<FormDialog
			title={isOne ? text("devices.signOutTitle", { name: asking.device.name }) : text("devices.signOutOthersTitle")}
			lead={text(isOne ? "devices.signOutText" : "devices.signOutOthersText")}
			action={text("you.signOut")}
			look="danger"
			isBusy={props.isBusy}
			error={props.error}
			onSubmit={props.onSignOut}
			onClose={props.onClose}
		>
			<ProofField {...props.proof} />
		</FormDialog>
	);
}
