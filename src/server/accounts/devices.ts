import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { cleanDeviceName } from "./check-display-name.ts";
import { confirmPerson, type PersonProof } from "./confirm-person.ts";
import { idleLimitMs } from "./resolve-session.ts";
import type { Viewer } from "./viewer.ts";

export interface DeviceView {
	readonly deviceId: string;
	readonly name: string;
	readonly signedInAt: number;
	/** To the hour. */
	readonly lastUsedAt: number;
	/** The device that asks. */
	readonly isThis: boolean;
}

export interface DeviceRenaming {
	readonly deviceId: string;
	readonly name: string;
}

/** The person's signed-in devices: this one first, then the one used last. */
export const listDevices = async (
	{ store, clock }: AccountsEnvironment,
	viewer: Viewer,
): Promise<readonly DeviceView[]> => {
	const devices = await store.listDevices(viewer.userId, clock.now() - idleLimitMs);
	return devices
		.map(({ deviceId, name, createdAt, lastUsedAt }) => ({
			...{ deviceId, name, lastUsedAt },
			signedInAt: createdAt,
			isThis: deviceId === viewer.deviceId,
		}))
		.sort((a, b) => Number(b.isThis) - Number(a.isThis));
};

/** Throws AppError `not-found` for a device that is not the person's own. */
export const renameDevice = async (
	{ store }: AccountsEnvironment,
	viewer: Viewer,
	renaming: DeviceRenaming,
): Promise<void> => {
	const name = cleanDeviceName(renaming.name);
	if (!(await store.renameDevice({ userId: viewer.userId, deviceId: renaming.deviceId, name }))) {
		throw new AppError("not-found");
	}
};

export interface DeviceRemoval {
	readonly deviceId: string;
	/** Wanted for every device but the one that asks. */
	readonly proof: PersonProof | undefined;
}

/**
 * Signs one device out. One that is signed out already, or was never the person's, changes nothing. Throws AppError
 * `confirmation-needed`, and what `confirmPerson` throws.
 */
export const revokeDevice = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	{ deviceId, proof }: DeviceRemoval,
): Promise<void> => {
	if (deviceId !== viewer.deviceId) {
		if (proof === undefined) throw new AppError("confirmation-needed");
		await confirmPerson(environment, viewer, proof);
	}
	await revoke(environment, viewer, { only: deviceId });
};

/** Signs every device out but the one that asks, for whoever proves to be the person. Throws what `confirmPerson` throws. */
export const revokeOtherDevices = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	proof: PersonProof,
): Promise<void> => {
	await confirmPerson(environment, viewer, proof);
	await revoke(environment, viewer, { allBut: viewer.deviceId });
};

const revoke = async (
	{ store, control, clock, log }: AccountsEnvironment,
	viewer: Viewer,
	devices: { readonly only: string } | { readonly allBut: string },
): Promise<void> => {
	const { userId } = viewer;
	const ended = await store.revokeDevices({ userId, devices, now: clock.now() });
	for (const sessionId of ended) await control.publish({ kind: "sessions-revoked", userId, sessionId });
	log.info({ userId, byDeviceId: viewer.deviceId, count: ended.length }, "devices signed out");
};
