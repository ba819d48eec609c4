interface DeviceName {
	readonly userId: string;
	readonly deviceId: string;
}

const nameOf = ({ userId, deviceId }: DeviceName): string => `${userId} ${deviceId}`;

/** Devices that get no keys because the person here decided so. Each is told once a key that it does not get it. */
export const createBlockedDevices = () => {
	const blocked = new Set<string>();
	const told = new Set<string>();
	return {
		add: (device: DeviceName): void => void blocked.add(nameOf(device)),
		has: (device: DeviceName): boolean => blocked.has(nameOf(device)),
		/** Those among these to whom it was not said yet that this key is kept from them; from now on it was. */
		notTold: <Device extends DeviceName>(devices: readonly Device[], sessionId: string): readonly Device[] =>
			devices.filter((device) => {
				const word = `${nameOf(device)} ${sessionId}`;
				if (!blocked.has(nameOf(device)) || told.has(word)) return false;
				told.add(word);
				return true;
			}),
	};
};
