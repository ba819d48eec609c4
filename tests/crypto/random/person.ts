import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WorldDevice } from "../world/world-device.ts";

/** A device that is signed in. */
export interface LiveDevice {
	readonly device: WorldDevice;
	/** Away: it neither hears nor says anything. */
	isOnline: boolean;
}

/** A person, with the devices that are signed in now. */
export interface Person {
	readonly userId: UserId;
	readonly server: 0 | 1;
	readonly devices: LiveDevice[];
	/** Devices are numbered on, so that no name comes again. */
	signedIn: number;
}
