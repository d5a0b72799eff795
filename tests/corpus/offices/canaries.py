"""Invented persons and texts that must never be seen in any output."""

NAMES = ("贾测试", "甄虚构", "欧阳样例", "仝示范")
ENGLISH_NAMES = ("Quillon Fakesmith", "Marla Testwright", "Odessa Mockford", "Bram Samplesby")
COMMON_NAMES = ("John Testwright", "Mary Fakesmith", "Robert Mockford", "Susan Samplesby")
TEXTS = ("金丝雀路口的路灯不亮", "金丝雀小区停水三天", "金丝雀村道未硬化")
ENGLISH_TEXTS = ("Canary Lane lamp is out", "Canary Close bin was missed", "Canary Row pavement is broken")
PHONE = "000-5550"
CANARIES = (*NAMES, *ENGLISH_NAMES, *COMMON_NAMES, *TEXTS, *ENGLISH_TEXTS, PHONE)
