-- AlterTable
ALTER TABLE "remote_device_lists" ADD COLUMN     "misses" INTEGER NOT NULL DEFAULT 0;
