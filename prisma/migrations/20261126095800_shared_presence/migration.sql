-- AlterTable
ALTER TABLE "federation_settings" ADD COLUMN     "shares_presence" BOOLEAN NOT NULL DEFAULT false;
