// One suite for every storage.
import ObjectStorage
