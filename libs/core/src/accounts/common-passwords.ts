/** The ones of eight characters and more that lists of leaked passwords begin with; lower case. */
const TEXT = `
12345678 123456789 1234567890 12345678910 123456789a 1234567891 0123456789 0987654321 9876543210 987654321 87654321
11111111 111111111 1111111111 00000000 000000000 0000000000 22222222 33333333 44444444 55555555 66666666 77777777
88888888 99999999 12341234 12344321 11112222 11223344 1122334455 112233445566 12121212 12312312 123123123 123321123
123454321 12345679 123456123 123456123456 1234512345 1234qwer 1234abcd 12345qwert 123456qwerty 123qweasd 123qwe123
1qaz2wsx 1qaz2wsx3edc 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 qazwsxedc qazwsx123 qaz123wsx zaq12wsx
zaq1zaq1 zaq1xsw2 !qaz2wsx 1qazxsw2 qwer1234 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyui
qwertyuiop qwertyuiop123 qwertzuiop azertyuiop azerty123 asdfghjk asdfghjkl asdfasdf asdf1234 asdfgh123 zxcvbnm123
zxcvbnm, zxcvbnm1 1234567q 1234567a a1234567 a12345678 a123456789 aa123456 aa12345678 aaa12345 abc12345 abc123456
abcd1234 abcde12345 abcdefgh abcdefg1 abcdefghi abcdef123 abc123abc abcabcabc aaaaaaaa aaaaaaaaa aaaaaaaaaa
password password! password. password0 password1 password1! password2 password3 password7 password9 password01
password10 password11 password12 password12! password21 password22 password69 password99 password123 password123!
password1234 password12345 password123456 passwordpassword passw0rd passw0rd! passw0rd1 p@ssword p@ssword1 p@ssw0rd
p@ssw0rd1 p@ssw0rd123 p@55w0rd pa$$word pa$$w0rd passwort passwort1 passwort123 motdepasse contrasena contraseña
senha123 parola123 haslo123 wachtwoord lozinka1 heslo123 jelszo12 losenord lösenord salasana mypassword
mypassword1 newpassword yourpassword changeme changeme1 changeme123 changeit letmein1 letmein123 letmeinnow
welcome1 welcome12 welcome123 welcome1234 welcome@123 willkommen bienvenue hello123 hello1234 hellohello hola1234
admin123 admin1234 admin12345 admin123456 administrator adminadmin admin@123 root1234 rootroot toor1234 test1234
test12345 testtest test123456 testing123 tester123 guest123 user1234 user12345 username master123 masterkey
superman superman1 superuser supervisor secret123 secretsecret default1 default123 temp1234 temppass temporary
iloveyou iloveyou1 iloveyou2 iloveyou123 iloveyou! iloveu12 ihateyou loveyou1 lovelove loveme123 mylove123
princess princess1 princess123 sunshine sunshine1 sunshine123 football football1 football123 baseball baseball1
basketball softball volleyball soccer123 hockey123 liverpool liverpool1 chelsea1 chelsea123 arsenal1 arsenal123
barcelona realmadrid juventus manchester manutd123 juventus1 starwars starwars1 pokemon1 pokemon123 minecraft
minecraft1 fortnite roblox123 naruto123 dragon123 dragon12 dragonball monkey123 monkey12 tigger123 charlie1
charlie123 michelle michael1 michael123 jennifer jessica1 jordan23 jordan123 danielle daniel123 anthony1 andrew123
thomas123 william1 ashley123 nicole123 samantha samantha1 victoria victoria1 alexander alexandra alexander1
elizabeth benjamin jonathan patricia patrick1 stephanie christian christine christina christopher katherine
valentina francesco giuseppe fernando fernanda carolina sebastian gabriela veronica computer computer1 internet
samsung1 samsung123 iphone123 google123 facebook facebook1 facebook123 linkedin linkedin1 youtube1 microsoft
windows10 windows1 windows7 nintendo playstation xbox3600 whatever whatever1 whatever123 trustno1 trustnoone
blink182 metallica nirvana1 slipknot slipknot1 eminem123 harrypotter spiderman spiderman1 batman123 ironman1
snoopy123 butterfly butterfly1 chocolate chocolate1 strawberry cupcake1 cheesecake november december september
october1 february january1 summer2020 summer2021 summer2022 summer2023 summer2024 summer2025 winter2020 winter2021
winter2022 winter2023 winter2024 winter2025 spring2023 spring2024 spring2025 autumn2023 autumn2024 autumn2025
summer123 winter123 monday123 friday123 hunter22 hunter123 killer123 killer12 maverick corvette mercedes mustang1
ferrari1 porsche1 yamaha123 yankees1 cowboys1 steelers lakers24 eagles123 scooter1 buster123 bailey123 rainbow1
jesuschrist jesus123 godisgood blessed1 heaven123 angel123 angels123 babygirl babygirl1 babyboy1 bestfriend
beautiful beautiful1 friends1 friends123 forever1 forever21 happy123 happyday lovely123 precious purple123
passport hunter2hunter2 correcthorsebatterystaple startrek startrek1 enterprise access14 access123 login123
login1234 pass1234 pass12345 pass123456 passpass pass@123 pass@1234 pass@word1 qweqweqwe qweasdzxc qweasd123
asdasdasd asdqwe123 zxczxczxc wsxedcrfv 147258369 123654789 159753456 789456123 741852963 963852741 159357258
147852369 321654987 456789123 135792468 1357924680 246813579 31415926 314159265 27182818 19841984 20202020
`;

const COMMON: ReadonlySet<string> = new Set(TEXT.trim().split(/\s+/));

export const isCommonPassword = (password: string): boolean => COMMON.has(password.toLowerCase());
