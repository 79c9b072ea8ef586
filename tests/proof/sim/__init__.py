"""Many terminals, the real central, faulty lines and faulty disks under one seed."""
